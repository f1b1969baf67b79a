// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QGridLayout;

namespace vitrine::ui {

/// All keys of the program, on a card over the window. Any key or click puts it away.
class KeySheet final : public QWidget
{
    Q_OBJECT

public:
    explicit KeySheet(QWidget& window);

    void open();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void close();
    void addColumn(QGridLayout& grid, int column, const QString& title,
                   const QList<std::pair<QString, QString>>& keys);

    QWidget* const m_card;
    QPointer<QWidget> m_focusBefore;
};

} // namespace vitrine::ui
