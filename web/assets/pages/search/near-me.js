// "Near me": asks the device where it is. Where it will not say, a postcode does as well.

const PATIENCE_MS = 15000;

export function nearMe(input, told, onFound) {
  if (!navigator.geolocation) return wont();
  told.textContent = "Asking your device where it is…";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      told.textContent = "";
      // Three decimals are a hundred metres: near enough, and no more than is needed.
      input.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
      onFound();
    },
    wont,
    { timeout: PATIENCE_MS, maximumAge: PATIENCE_MS },
  );

  function wont() {
    told.textContent = "Your device did not say where it is. Enter a postcode instead.";
    input.focus();
  }
}
