"""The worker sends and tidies up without being asked."""

from soyol.jobs import registry
from soyol.notices import actions


def test_every_worker_looks_for_messages_each_second_and_tidies_up_each_hour() -> None:
    chores = registry.chores_beside()
    assert {chore: chores[chore] for chore in (actions.deliver_letters, actions.deliver_texts, actions.tidy)} == {
        actions.deliver_letters: 1,
        actions.deliver_texts: 1,
        actions.tidy: 3600,
    }
    assert actions.tidy in registry.starting_chores()
