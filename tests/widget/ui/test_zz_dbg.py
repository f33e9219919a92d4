from tests.widget.ui.test_every_view import states, SMALLEST, opened, settle
def test_rows(qtbot, formats):
    panel = opened(qtbot, formats, SMALLEST)
    for name, state in states.every_state(formats.language).items():
        panel.show_state(state); settle()
        print("TOP", panel.response_top(), name)
    panel.show_state(states.every_state(formats.language)["text_form_due"]); settle()
    panel.grab().save(f"/tmp/work/green/r-{formats.language}.png")
