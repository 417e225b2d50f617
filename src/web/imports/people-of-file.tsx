import { Stack, Text, Title } from '@mantine/core'
import { useText } from '#ui/text.ts'
import type { Preview, Said } from '../pages/import-questions.tsx'
import { PersonField } from '../person-field.tsx'
import { useImportWords } from './words.ts'

/** Where a mapping keeps who is meant by a name. */
const place = 'people'

/** Names nobody is chosen for. */
export const namesOpen = ({ mapping }: Preview): string[] =>
  Object.entries(mapping.valueMaps[place] ?? {}).flatMap(([name, person]) => (person === null ? [name] : []))

/** Names and titles of the file nobody of the directory is found for: who is meant, said once for all rows. */
export function PeopleOfFile({ preview, said, onSay }: { preview: Preview; said: Said; onSay: (said: Said) => void }) {
  const t = useText('web')
  const words = useImportWords()
  const question = preview.questions.find(({ about }) => about === `valueMaps.${place}`)
  if (question === undefined) return null
  const chosen = said.valueMaps?.[place] ?? {}
  return (
    <Stack gap="xs" maw={760}>
      <Title order={3}>{t('import.people')}</Title>
      <Text>{words.sentence(question)}.</Text>
      {Object.entries(preview.mapping.valueMaps[place] ?? {}).map(([name, found]) => (
        <PersonField
          key={name}
          label={name}
          placeholder={t('import.keptAsText')}
          value={chosen[name] === undefined ? found : chosen[name]}
          onChange={(person) =>
            onSay({ ...said, valueMaps: { ...said.valueMaps, [place]: { ...chosen, [name]: person } } })
          }
        />
      ))}
    </Stack>
  )
}
