// The windows themselves: those of pages, above them the question before an act, and above that the question for the password.
import { Modal } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { confirmQuestion } from '../confirm.tsx';
import { passwordQuestion } from '../confirm-password.tsx';
import { AskBeforeAct } from './ask-before-act.tsx';
import { AskPassword } from './ask-password.tsx';
import { openWindows } from './open-window.ts';
import { WindowClose } from './window-close.ts';

/** A window that fades out still shows its last content. */
function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value);
  useEffect(() => {
    if (value !== undefined) last.current = value;
  });
  return value ?? last.current;
}

export function WindowLayer() {
  return (
    <>
      <PageWindows />
      <ConfirmWindow />
      <PasswordWindow />
    </>
  );
}

function PageWindows() {
  const windows = openWindows.use();
  const last = windows.at(-1);
  const questionAbove = [confirmQuestion.use(), passwordQuestion.use()].some(Boolean);
  return windows.map(({ id, title, size = 'md', close, children }) => (
    <Modal
      key={id}
      opened
      onClose={close}
      // The Escape key closes the window on top alone.
      closeOnEscape={id === last?.id && !questionAbove}
      title={title}
      size={size}
      zIndex={250}
    >
      <WindowClose value={close}>{children}</WindowClose>
    </Modal>
  ));
}

function ConfirmWindow() {
  const question = confirmQuestion.use();
  const shown = useLast(question);
  const passwordAsked = passwordQuestion.use() !== undefined;
  const close = (done: boolean) => {
    question?.answered(done);
    confirmQuestion.set(undefined);
  };
  return (
    <Modal
      opened={question !== undefined}
      onClose={() => close(false)}
      closeOnEscape={!passwordAsked}
      title={shown?.title}
      zIndex={300}
      size="lg"
    >
      {shown && <AskBeforeAct key={shown.title} question={shown} onClose={close} />}
    </Modal>
  );
}

function PasswordWindow() {
  const question = passwordQuestion.use();
  const shown = useLast(question);
  const close = (given: boolean) => {
    question?.answered(given);
    passwordQuestion.set(undefined);
  };
  return (
    <Modal opened={question !== undefined} onClose={() => close(false)} title="Enter your password" zIndex={400}>
      {shown && question && <AskPassword why={shown.why} onDone={() => close(true)} onCancel={() => close(false)} />}
    </Modal>
  );
}
