// Loads a page of something under way again, unless somebody is typing on it. Without scripts there
// is the link.
if (document.querySelector("[data-reload]")) {
  const texts = [...document.querySelectorAll("main input[type=text], main input[type=number], main textarea")];
  setInterval(() => {
    if (texts.every((one) => one.value === one.defaultValue)) { location.reload(); }
  }, 5000);
}
