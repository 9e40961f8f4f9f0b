/**
 * What this app uses of @getodk/xforms-engine 0.22.0. Its own types refer to packages that are not published, so that
 * unions turn into `any`; here is only what is used, and the compiler holds it.
 */
declare module '@getodk/xforms-engine' {
  export type StateFactory = <State extends object>(state: State) => State

  export type MarkdownNode =
    | { readonly role: 'child'; readonly value: string }
    | { readonly role: 'line-break' }
    | { readonly role: 'html'; readonly unsafeHtml: string }
    | { readonly role: 'parent'; readonly children: readonly MarkdownNode[] }

  export interface Words {
    readonly asString: string
    readonly formatted: readonly MarkdownNode[]
  }

  interface Common {
    readonly nodeId: string
    readonly parent: ParentNode
    readonly currentState: {
      readonly reference: string
      readonly relevant: boolean
      readonly readonly: boolean
      readonly required: boolean
      readonly label: Words | null
      readonly hint: Words | null
    }
  }

  interface Leaf extends Common {
    readonly currentState: Common['currentState'] & { readonly instanceValue: string }
    readonly validationState: {
      readonly violation: { readonly condition: 'constraint' | 'required'; readonly message: Words | null } | null
    }
  }

  export interface InputNode extends Leaf {
    readonly nodeType: 'input'
    readonly valueType: string
    setValue(value: string): unknown
  }
  export interface SelectNode extends Leaf {
    readonly nodeType: 'select'
    readonly selectType: 'select' | 'select1'
    readonly currentState: Leaf['currentState'] & {
      readonly valueOptions: readonly { readonly value: string; readonly label: Words }[]
    }
    selectValues(values: readonly string[]): unknown
  }
  export interface UploadNode extends Leaf {
    readonly nodeType: 'upload'
    setValue(file: File | null): unknown
  }
  export interface NoteNode extends Leaf {
    readonly nodeType: 'note'
  }
  /** A node that no question asks. `setValueState` is not a documented way in: tests hold it. */
  export interface ModelValueNode extends Leaf {
    readonly nodeType: 'model-value'
    setValueState(value: string): unknown
  }
  export type LeafNode = InputNode | SelectNode | UploadNode | NoteNode | ModelValueNode

  interface ParentState<Child> {
    readonly currentState: Common['currentState'] & { readonly children: readonly Child[] }
  }
  export type GroupNode = Common & ParentState<ChildNode> & { readonly nodeType: 'group' | 'repeat-instance' }
  export type RepeatNode = Common &
    ParentState<GroupNode> & {
      readonly nodeType: 'repeat-range:uncontrolled'
      addInstances(): unknown
      removeInstances(index: number): unknown
    }
  export type ChildNode = LeafNode | GroupNode | RepeatNode
  export type ParentNode = RootNode | GroupNode | RepeatNode

  export interface FormLanguage {
    readonly language: string
  }
  export type RootNode = Common &
    ParentState<ChildNode> & {
      readonly nodeType: 'root'
      readonly instanceState: { readonly instanceXML: string }
      readonly languages: readonly FormLanguage[]
      setLanguage(language: FormLanguage): unknown
    }

  interface LoadedForm {
    readonly status: 'success' | 'warning'
    restoreInstance(
      input: { data: readonly [FormData] },
      config: { stateFactory: StateFactory },
    ): Promise<{ readonly root: RootNode }>
  }
  export function loadForm(
    xml: string,
    options: { fetchFormAttachment: (address: URL) => Promise<Response> },
  ): PromiseLike<LoadedForm | { readonly status: 'failure'; readonly error: Error }>
}
