/** Whether this browser draws maps of MapLibre. */
export function hasWebGL(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null
}
