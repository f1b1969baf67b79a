// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace vitrine::ui {

/// One step of an assistant: a headline, a few words, fields, what is wrong with them, and a row of
/// buttons, of which one leads on.
class AssistantStep : public QWidget
{
    Q_OBJECT

public:
    explicit AssistantStep(QWidget* parent = nullptr);

    /// What went wrong; empty: nothing. Gives the keyboard back to the first field.
    void tell(const QString& trouble);
    /// While an answer is awaited: nothing can be changed, and the leading button says so.
    void setBusy(bool isBusy);

protected:
    void setWords(const QString& headline, const QString& words);
    /// Below those added before. \a label names it, also for assistive technology.
    void addField(const QString& label, QWidget& field);
    void addWidget(QWidget& widget);
    /// Beside those added before, at the end of the row.
    QPushButton* addButton(const QString& text);
    /// The last button, which Enter presses.
    QPushButton* addLeadingButton(const QString& text, const QString& whileBusy);

private:
    QLabel* const m_headline;
    QLabel* const m_words;
    QWidget* const m_fields;
    QVBoxLayout* m_fieldLayout;
    QLabel* const m_trouble;
    QHBoxLayout* m_buttons;
    QPushButton* m_leading = nullptr;
    QString m_leadingText;
    QString m_busyText;
};

} // namespace vitrine::ui
