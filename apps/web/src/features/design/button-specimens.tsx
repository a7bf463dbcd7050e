import { Avatar } from '../../ui/avatar.tsx'
import { AiBadge, Badge, Count, Dot, HueDot, Tag } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Row, Specimen } from './specimen.tsx'

/** Buttons, badges, people. */
export function ButtonSpecimens() {
  return (
    <>
      <Specimen title="Buttons" note="One solid one a view; danger only where nothing can be taken back">
        <Row>
          <Button variant="solid" icon="calendar" keys="b">
            Book
          </Button>
          <Button icon="phone" keys="c">
            Call
          </Button>
          <Button variant="quiet">Other day</Button>
          <Button variant="danger" icon="trash">
            Erase
          </Button>
          <IconButton name="Mute" icon="mic" />
          <IconButton name="More actions" icon="more" variant="plain" />
        </Row>
        <Row>
          <Button variant="solid" busy>
            Sending 34 of 120
          </Button>
          <Button variant="solid" disabled>
            Book
          </Button>
          <Button disabled>Move</Button>
          <Button size="sm">Small</Button>
          <Button variant="solid" size="lg">
            Large, on the phone
          </Button>
        </Row>
      </Specimen>
      <Specimen title="Badges and people">
        <Row>
          <Badge>Cleaning</Badge>
          <Badge tone="accent">Lead: booked</Badge>
          <Badge tone="ok" icon="check">
            Confirmed
          </Badge>
          <Badge tone="wait" icon="clock">
            Not yet
          </Badge>
          <Badge tone="no" icon="ban">
            No
          </Badge>
          <AiBadge />
          <Badge tone="outline" icon="pause">
            Break
          </Badge>
          <Tag hue={165}>Northeast Dental</Tag>
          <Count value={6} />
          <Count value={4} loud label="4 unread" />
          <Dot tone="accent" label="Unread" />
          <HueDot hue={345} />
          <Kbd>⌘K</Kbd>
          <Spinner />
        </Row>
        <Row>
          <Avatar name="Siobhán Okonkwo-Reilly" id="a" size="lg" />
          <Avatar name="محمد الفارسي" id="b" />
          <Avatar name="Aleksandra Wiśniewska-Kowalczyk" id="c" />
          <Avatar name="山田 太郎" id="d" size="sm" />
          <Avatar name="נועה ברק" id="e" size="xs" />
          <Avatar name="" id="f" />
          <Avatar name="Harbor Dental" id="g" kind="place" />
          <Avatar name="Harper" id="h" kind="assistant" />
        </Row>
      </Specimen>
    </>
  )
}
