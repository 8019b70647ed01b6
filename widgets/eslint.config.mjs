import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['lib', 'node_modules', 'src/generated'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      eqeqeq: 'error',
      curly: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Jupyter's interfaces return promises, also where an implementation has nothing to await.
      '@typescript-eslint/require-await': 'off',
      // Preact's `h` handlers and Lumino's slots take promises whose errors they report themselves.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } }
      ]
    }
  },
  { plugins: { jupyter } },
  ...jupyter.configs.recommended,
  {
    // Every word has one source, the catalogue's language files: the translator gets it from there.
    files: ['src/lab/**'],
    rules: { 'jupyter/no-dynamic-translation': 'off' }
  },
  {
    // Words that only a test reads aren't translated.
    files: ['tests/**'],
    rules: { 'jupyter/no-untranslated-string': 'off' }
  },
  prettier
);
