import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'

const SCREENS = ['src/screens/**', 'src/components/**', 'src/App.vue', 'src/main.ts', 'src/mount.ts', 'src/router.ts']

/** Names that files outside some folders may not import: the house's order, said to the linter. */
const without = (files, ignores, group, message) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: group.map((one) => ({ group: one, message })) }] },
})

export default tseslint.config(
  { ignores: ['dist/**'] },
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  without(
    ['src/**/*.ts'],
    [...SCREENS, 'src/engine/**'],
    [['vue', 'vue-router', '**/screens/**', '**/components/**'], ['@getodk/*']],
    'only screens know Vue, only engine/ knows the form engine',
  ),
  without(['src/engine/**'], [], [['vue', 'vue-router', '**/screens/**', '**/components/**']], 'the engine takes its state factory as an argument'),
  without(SCREENS, [], [['@getodk/*']], 'only engine/ knows the form engine'),
  without(
    ['src/{geo,law,documents,vault,search}/**'],
    [],
    [['**/store/**', '**/sync/**', '**/outbox/**', '**/screens/**', 'vue', 'vue-router', '@getodk/*']],
    'a library of plain functions',
  ),
  without(['src/outbox/**', 'src/store/**'], [], [['**/sync/**', '**/screens/**', 'vue', 'vue-router', '@getodk/*']], 'the network comes from above'),
)
