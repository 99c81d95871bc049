// The slider and the number beside it move each other, and the sentence follows. Without scripts
// there is the number alone.
for (const slider of document.querySelectorAll("input[type=range][data-for]")) {
  const name = slider.dataset.for;
  const number = document.getElementById(name);
  const means = document.getElementById(`${name}-means`);
  const tell = () => {
    const row = document.querySelector(`#${name}-table tr[data-step="${Number(number.value)}"]`);
    if (row && means && means.textContent !== row.dataset.sentence) {
      means.textContent = row.dataset.sentence;
    }
  };
  slider.hidden = false;
  slider.addEventListener("input", () => {
    number.value = slider.value;
    tell();
  });
  number.addEventListener("input", () => {
    slider.value = number.value;
    tell();
  });
}
