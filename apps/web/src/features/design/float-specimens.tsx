import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { Row, Specimen } from './specimen.tsx'

/** Dialogs, sheets, menus, notices, links to share. */
export function FloatSpecimens() {
  const [open, setOpen] = useState<'dialog' | 'confirm' | 'sheet'>()
  const [name, setName] = useState('')
  const notices = useNotices()
  const close = () => setOpen(undefined)
  return (
    <Specimen title="What floats">
      <Row>
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('confirm')}>Before the irreversible</Button>
        <Button onClick={() => setOpen('sheet')}>Sheet</Button>
        <Button onClick={() => notices.show({ text: 'Booking cancelled. She hears in 8 s.', undo: () => {} })}>Notice with undo</Button>
        <Popover trigger={<Button>Popover</Button>} label="About this">
          <p className="max-w-64 text-sm">Something small that belongs to a control.</p>
        </Popover>
        <Menu trigger={<IconButton name="More actions" icon="more" variant="plain" />}>
          <MenuItem icon="edit" keys="E" onSelect={() => {}}>
            Edit
          </MenuItem>
          <MenuItem icon="copy" onSelect={() => {}}>
            Copy link
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon="archive" danger onSelect={() => {}}>
            Archive
          </MenuItem>
        </Menu>
      </Row>
      <div className="max-w-176">
        <CopyField label="Your booking link" link value="https://desk.example.com/b/harbor-dental/cleaning-and-check-up" />
      </div>
      <Dialog
        open={open === 'dialog'}
        onOpenChange={close}
        title="New contact"
        description="Only the name is needed."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="solid" onClick={close}>
              Add
            </Button>
          </>
        }
      >
        <TextField label="Name" value={name} onChange={setName} />
      </Dialog>
      <ConfirmDialog
        open={open === 'confirm'}
        onOpenChange={close}
        title="Erase Gráinne Ní Mhaoláin-Vasconcelos?"
        description="171 records go for good, with 9 recordings. 12 stay because tax law and her own “do not contact” ask for it."
        word="erase 41"
        action="Erase"
        onConfirm={close}
      />
      <Sheet
        open={open === 'sheet'}
        onOpenChange={close}
        title="Cleaning and check-up"
        description="Fri 20 Nov, 10:30"
        footer={<Button onClick={close}>Close</Button>}
      >
        <TextField label="Note" value={name} onChange={setName} />
      </Sheet>
    </Specimen>
  )
}
