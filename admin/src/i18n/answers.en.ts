/** Texts of unanswered questions, in English. `answers.fa.ts` has the same keys; `en.ts` takes them in. */
export const answersEn = {
  action: {
    write_answer: 'Write the answer',
    try_answer: 'Try it',
    publish_answer: 'Publish',
    dismiss_question: 'Not needed',
    restore_question: 'Put back on the list',
  },
  done: {
    answer_published: 'Published. The bot gives this answer from now on.',
    question_dismissed: 'Taken off the list, also when it is asked again.',
    question_restored: 'The question is on the list again.',
  },
  unanswered: {
    title: 'Unanswered questions',
    intro:
      'What customers asked in the last 30 days and the bot could not answer, gathered by meaning. Write an answer once, and the bot gives it from then on.',
    state: { open: 'To be answered', answered: 'Answered since', dismissed: 'Not needed' },
    empty: {
      open: 'Nothing is left to answer. What the bot cannot answer will appear here.',
      answered: 'No question has been answered since it was asked.',
      dismissed: 'Nothing was taken off the list.',
    },
    newest_only: 'There are very many: only the newest are gathered here.',
    kind: {
      not_understood: 'Not understood',
      not_known: 'No answer written',
      not_found: 'Product not found',
      attribute_unknown: 'Not stated of the product',
      handed_over: 'Handed to a colleague',
      model_failed: 'The model did not answer',
    },
    asked: 'asked once |||| asked %{count} times',
    customers: 'by one customer |||| by %{count} customers',
    last: 'last',
    who: 'Who asked',
    newest: 'The newest %{count}.',
    show_answer: 'Open the answer',
    answer_title: 'Write the answer',
    question_hint: 'You may put it more generally: the bot recognises other wordings.',
    says_nothing: 'The bot would say nothing.',
    tried: {
      success: 'The bot recognises every wording.',
      warning:
        'The bot recognises %{answered} of %{total} wordings. Put the question otherwise, or publish it as it is.',
      error: 'The bot recognises none of these wordings. Put the question in the customers’ words.',
    },
  },
  resources: {
    'unanswered-questions': { name: 'Unanswered question |||| Unanswered questions' },
  },
};
