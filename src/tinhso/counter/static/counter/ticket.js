/* Prints the ticket as soon as it is there; then the kiosk is the next visitor's. Without scripts the browser's own print will do. */
addEventListener("load", () => print());
addEventListener("afterprint", () => location.assign(document.querySelector(".slip__screen a").href));
