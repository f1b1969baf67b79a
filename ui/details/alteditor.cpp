// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/alteditor.h"

#include <QKeyEvent>
#include <QTextDocument>

#include <algorithm>

namespace vitrine::ui {

namespace {
constexpr int kFewestLines = 3;
constexpr int kMostLines = 8;
} // namespace

AltEditor::AltEditor(QWidget* parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    connect(this, &QPlainTextEdit::textChanged, this, &AltEditor::fitHeight);
    fitHeight();
}

void AltEditor::setCommitted(const QString& text)
{
    m_committed = text;
    if (this->text() != text.simplified())
        setPlainText(text);
}

bool AltEditor::isChanged() const
{
    return text() != m_committed.simplified();
}

QString AltEditor::text() const
{
    return toPlainText().simplified();
}

void AltEditor::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT committed();
        Q_EMIT done();
    } else if (event->key() == Qt::Key_Escape) {
        if (isChanged())
            setPlainText(m_committed);
        Q_EMIT done();
    } else {
        QPlainTextEdit::keyPressEvent(event);
    }
}

void AltEditor::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    // The context menu and a switch to another window do not mean "done".
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        Q_EMIT committed();
}

void AltEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void AltEditor::fitHeight()
{
    // A plain text document's height is in lines.
    const int lines = std::clamp(int(document()->size().height()), kFewestLines, kMostLines);
    const int around = height() - viewport()->height() + 2 * int(document()->documentMargin());
    setFixedHeight(lines * fontMetrics().lineSpacing() + around);
}

} // namespace vitrine::ui
