/** Texts of what happens to a message after it was said, in English. `chat.fa.ts` has the same keys. */
export const chatEn = {
  said: {
    reaction: 'Reaction of the customer',
    edited: 'Edited',
    seen: 'Seen %{time}',
    edited_title: 'Show what it said before',
    before: 'Before, at %{time}:',
    unsent: 'The customer took this message back.',
    open_picture: 'Show %{name} in full size',
    close_picture: 'Close the picture',
  },
  simulated: {
    tools: 'What the customer does to this message',
    react: 'React with %{emoji}',
    unreact: 'Take the reaction back',
    edit: 'Edit…',
    unsend: 'Take the message back',
    edit_title: 'Edit as the customer',
    edit_label: 'What the message says from now on',
    save: 'Save the edit',
  },
};
