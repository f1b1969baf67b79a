// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/abilities.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace vitrine::ui {

class ElidedLabel;

/// The viewer's upper edge: back, what is shown, and what can be done with it.
class ViewerBar final : public QWidget
{
    Q_OBJECT

public:
    struct State {
        QString name;
        int number = 0; ///< from 1
        int total = 0;
        bool isPrivate = false;
        bool asOthers = false;
        Abilities abilities;
    };

    explicit ViewerBar(QWidget* parent = nullptr);

    void setState(const State& state);

Q_SIGNALS:
    void backClicked();
    void privateClicked();
    void asOthersClicked();
    void downloadClicked();
    void deleteClicked();
    void infoClicked();

private:
    QToolButton* addButton(const QString& iconName, const QString& text, const QString& hint);

    QToolButton* m_back;
    ElidedLabel* m_name;
    QLabel* m_count;
    QToolButton* m_private;
    QToolButton* m_asOthers;
    QToolButton* m_delete;
};

} // namespace vitrine::ui
