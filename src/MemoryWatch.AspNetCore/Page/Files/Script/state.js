// Everything that comes from the application is set as text, never as markup.
const $ = id => document.getElementById(id);
const folder = document.documentElement.dataset.folder;
const MB = 1048576;

let { tick, state, previousRun } = JSON.parse($('first').textContent);
let history = JSON.parse($('first-history').textContent);
let range = 0;
let cursor = null;
let chosen = null;
let opened = null;
let hovered = null;
let geometry = null;
