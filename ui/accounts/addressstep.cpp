// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/addressstep.h"

#include <QLineEdit>
#include <QPushButton>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

AddressStep::AddressStep(QWidget* parent) : AssistantStep(parent), m_address(new QLineEdit)
{
    setWords(tr("Where is the gallery?"),
             tr("Paste its address. Vitrine looks at what is there before anything is kept."));
    m_address->setPlaceholderText(u"https://photos.example.org"_s);
    m_address->setLayoutDirection(Qt::LeftToRight); // as addresses are written everywhere
    addField(tr("Address"), *m_address);
    connect(addButton(tr("Cancel")), &QPushButton::clicked, this, &AddressStep::cancelled);
    QPushButton* look = addLeadingButton(tr("Look there"), tr("Looking…"));
    connect(look, &QPushButton::clicked, this, [this] { Q_EMIT given(m_address->text()); });
}

} // namespace vitrine::ui
