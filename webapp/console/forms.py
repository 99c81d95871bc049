"""The forms about accounts: their fields, and what is said of what cannot be used."""

from __future__ import annotations

from wtforms import BooleanField, EmailField, Form, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired

from webapp.console.choices import Radios
from webapp.store.tables import Role

# The hidden field of a form that says which saving of the rules it was made from.
REVISION = "revision"
# The hidden field of a form about one row of the store: what its author had read of it.
WAS = "was"
ROLES = {
    Role.MANAGER: "Manager – works on the rules",
    Role.APPROVER: "Approver – may also approve what others publish",
    Role.ADMINISTRATOR: "Administrator – may also look after accounts",
}
CHOICES = {str(role): words for role, words in ROLES.items()}


class LoginForm(Form):
    """Who somebody is, and their password."""

    email = EmailField("E-mail address", [InputRequired("Enter your e-mail address.")])
    password = PasswordField("Password", [InputRequired("Enter your password.")])


class PasswordForm(Form):
    """A change of somebody's own password."""

    old = PasswordField("Your present password", [InputRequired("Enter your present password.")])
    new = PasswordField("Your new password", [InputRequired("Enter a new password.")])
    again = PasswordField(
        "The new password again", [EqualTo("new", "The two new passwords are not the same.")]
    )


class PersonForm(Form):
    """A new account."""

    name = StringField("Name", [InputRequired("Enter a name.")])
    email = EmailField("E-mail address", [InputRequired("Enter an e-mail address.")])
    role = Radios("Role", choices=CHOICES, default=str(Role.MANAGER))


class ChangeForm(Form):
    """A change of somebody's account."""

    name = StringField("Name", [InputRequired("Enter a name.")])
    role = Radios("Role", choices=CHOICES)
    active = BooleanField("Can log in")
