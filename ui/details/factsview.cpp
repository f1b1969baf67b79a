// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/factsview.h"

#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QGridLayout>
#include <QLabel>

namespace vitrine::ui {

FactsView::FactsView(QWidget* parent) : QWidget(parent), m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(spacing::Large);
    m_layout->setVerticalSpacing(spacing::Tight);
    m_layout->setColumnStretch(1, 1);
}

void FactsView::setFacts(const QList<Fact>& facts)
{
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Fact& fact : facts) {
        if (fact.value.isEmpty())
            continue;
        auto* what = new TextLabel(fact.what, this);
        auto* value = new TextLabel(fact.value, this);
        setStyleRole(*what, "muted");
        what->setBuddy(value);
        value->setTextFormat(Qt::PlainText);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setWordWrap(true);
        const int row = m_layout->rowCount();
        m_layout->addWidget(what, row, 0, Qt::AlignTop);
        m_layout->addWidget(value, row, 1);
    }
}

} // namespace vitrine::ui
