/* Photos are made smaller before they are sent: a phone's 6 MB become some 600 kB. Whatever goes wrong, the file goes as it is. */
(function () {
  "use strict";
  var LONGEST = 2400, QUALITY = 0.85, SMALL = 1000000;
  var busy = new WeakMap();

  function isPhoto(file) {
    return /^image\/(jpeg|png|webp)$/.test(file.type) && file.size > SMALL;
  }

  function drawn(picture) {
    var scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    var canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", QUALITY); });
  }

  /* Upright by its EXIF, at most 2400 px; the same file where that does not make it smaller. */
  function smaller(file) {
    if (!isPhoto(file)) { return Promise.resolve(file); }
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(drawn).then(function (blob) {
      if (!blob || blob.size >= file.size) { return file; }
      var name = file.name.replace(/\.\w+$/, "") + ".jpg";
      return new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified });
    }).catch(function () { return file; });
  }

  document.addEventListener("change", function (event) {
    var input = event.target;
    if (!input.matches || !input.matches("input[type=file]") || !input.form) { return; }
    var files = Array.from(input.files);
    if (!files.some(isPhoto) || !window.DataTransfer || !window.createImageBitmap) { return; }
    var words = document.createElement("p");
    words.className = "govuk-hint";
    words.setAttribute("role", "status");
    words.textContent = input.dataset.shrinking || "";
    input.after(words);
    var work = Promise.all(files.map(smaller)).then(function (made) {
      var unchanged = input.files.length === files.length && files.every(function (file, n) { return input.files[n] === file; });
      if (!unchanged) { return; }
      var held = new DataTransfer();
      made.forEach(function (file) { held.items.add(file); });
      input.files = held.files;
    }).catch(function () {}).then(function () {
      words.remove();
      if (busy.get(input.form) === work) { busy.delete(input.form); }
    });
    busy.set(input.form, work);
  });

  /* Who sends while a photo is being made smaller waits for it; the button that was pressed stays the one. */
  document.addEventListener("submit", function (event) {
    var form = event.target, work = busy.get(form);
    if (!work || !form.requestSubmit) { return; }
    event.preventDefault();
    var button = event.submitter;
    work.then(function () { form.requestSubmit(button); });
  }, true);
})();
