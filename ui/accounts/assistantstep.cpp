// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/assistantstep.h"

#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace vitrine::ui {

AssistantStep::AssistantStep(QWidget* parent)
    : QWidget(parent)
    , m_headline(new TextLabel(this))
    , m_words(new TextLabel(this))
    , m_fields(new QWidget(this))
    , m_fieldLayout(new QVBoxLayout(m_fields))
    , m_trouble(new TextLabel(this))
    , m_buttons(new QHBoxLayout)
{
    m_headline->setFont(titleFont(font()));
    m_headline->setTextFormat(Qt::PlainText);
    setStyleRole(*m_headline, "title");
    setStyleRole(*m_words, "muted");
    setStyleRole(*m_trouble, "danger");
    for (QLabel* label : {m_words, m_trouble}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_trouble->hide();
    m_fieldLayout->setContentsMargins(0, 0, 0, 0);
    m_fieldLayout->setSpacing(spacing::Tight);
    m_buttons->setSpacing(spacing::Small);
    m_buttons->addStretch();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::Wide, spacing::Wide, spacing::Wide, spacing::Wide);
    layout->setSpacing(spacing::Medium);
    layout->addWidget(m_headline);
    layout->addWidget(m_words);
    layout->addWidget(m_fields);
    layout->addWidget(m_trouble);
    layout->addStretch();
    layout->addLayout(m_buttons);
}

void AssistantStep::tell(const QString& trouble)
{
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    if (trouble.isEmpty())
        return;
    QAccessibleEvent told(m_trouble, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
    setFocus();
}

void AssistantStep::setBusy(bool isBusy)
{
    if (isBusy)
        tell({});
    m_fields->setEnabled(!isBusy);
    m_leading->setEnabled(!isBusy);
    m_leading->setText(isBusy ? m_busyText : m_leadingText);
}

void AssistantStep::setWords(const QString& headline, const QString& words)
{
    m_headline->setText(headline);
    m_words->setText(words);
}

void AssistantStep::addField(const QString& label, QWidget& field)
{
    if (m_fieldLayout->count() > 0)
        m_fieldLayout->addSpacing(spacing::Small);
    auto* name = new TextLabel(label, m_fields);
    name->setBuddy(&field);
    m_fieldLayout->addWidget(name);
    m_fieldLayout->addWidget(&field);
    field.setAccessibleName(label);
    if (!focusProxy())
        setFocusProxy(&field);
}

void AssistantStep::addWidget(QWidget& widget)
{
    m_fieldLayout->addWidget(&widget);
}

QPushButton* AssistantStep::addButton(const QString& text)
{
    auto* button = new QPushButton(text, this);
    button->setAutoDefault(false);
    m_buttons->addWidget(button);
    return button;
}

QPushButton* AssistantStep::addLeadingButton(const QString& text, const QString& whileBusy)
{
    m_leading = addButton(text);
    m_leading->setAutoDefault(true);
    m_leading->setDefault(true);
    setStyleRole(*m_leading, "primary");
    m_leadingText = text;
    m_busyText = whileBusy;
    return m_leading;
}

} // namespace vitrine::ui
