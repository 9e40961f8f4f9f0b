/** Walking through the nodes of an open form, and writing an answer into one of them. */
import type { ChildNode, GroupNode, LeafNode, ModelValueNode, RepeatNode, RootNode, UploadNode } from '@getodk/xforms-engine'

export function isRepeat(node: ChildNode | RootNode): node is RepeatNode {
  return node.nodeType === 'repeat-range:uncontrolled'
}

export function isGroup(node: ChildNode | RootNode): node is GroupNode {
  return node.nodeType === 'group' || node.nodeType === 'repeat-instance'
}

/** Every node below, in the order of the form. */
export function* nodesBelow(parent: RootNode | GroupNode | RepeatNode): Generator<ChildNode> {
  for (const child of parent.currentState.children) {
    yield child
    if (isRepeat(child) || isGroup(child)) yield* nodesBelow(child)
  }
}

export function* leavesBelow(parent: RootNode | GroupNode | RepeatNode): Generator<LeafNode> {
  for (const node of nodesBelow(parent)) if (!isRepeat(node) && !isGroup(node)) yield node
}

/** Puts a text into a node, whatever its kind. What cannot be read as such a value leaves it blank. */
export function write(node: LeafNode, value: string): void {
  switch (node.nodeType) {
    case 'input':
      node.setValue(value)
      break
    case 'select':
      node.selectValues(value === '' ? [] : value.split(' '))
      break
    case 'upload':
      node.setValue(value === '' ? null : new File([], value))
      break
    case 'model-value':
      node.setValueState(value)
      break
    case 'note':
      break
  }
}

/** Puts the name of a picture back without the time at which a new one would be noted. */
export function putPictureBack(node: UploadNode, name: string): void {
  const noted = siblingsOf(node).map((one) => [one, one.currentState.instanceValue] as const)
  write(node, name)
  for (const [one, value] of noted) if (one.currentState.instanceValue !== value) write(one, value)
}

function siblingsOf(node: UploadNode): ModelValueNode[] {
  const siblings: readonly ChildNode[] = node.parent.currentState.children
  return siblings.filter((one) => one.nodeType === 'model-value')
}
