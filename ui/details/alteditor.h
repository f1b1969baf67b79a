// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace vitrine::ui {

/// A field for an alt text: as high as its text, within limits. Leaving it commits, and so
/// does Ctrl+Enter; Esc takes back what was written. Both say that the person is done. Tab goes on
/// to the next field.
class AltEditor final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit AltEditor(QWidget* parent = nullptr);

    /// Shows a text as committed. The cursor stays where the words are the same.
    void setCommitted(const QString& text);
    /// Written and not committed yet.
    bool isChanged() const;
    /// The text as it is committed: one line, without blanks around it.
    QString text() const;

Q_SIGNALS:
    void committed();
    /// The person is through with it: the keyboard can go elsewhere.
    void done();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();

    QString m_committed;
};

} // namespace vitrine::ui
