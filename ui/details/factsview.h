// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;

namespace vitrine::ui {

/// Short facts in two columns: what, and what it is.
class FactsView final : public QWidget
{
    Q_OBJECT

public:
    struct Fact {
        QString what;
        QString value;
    };

    explicit FactsView(QWidget* parent = nullptr);

    /// Those with an empty value are left out.
    void setFacts(const QList<Fact>& facts);

private:
    QGridLayout* m_layout;
};

} // namespace vitrine::ui
