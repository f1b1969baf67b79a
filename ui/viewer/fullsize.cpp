// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/fullsize.h"

#include "app/base/whendone.h"

namespace vitrine::ui {

FullSize::FullSize(Load load, QObject* parent) : QObject(parent), m_load(std::move(load))
{}

FullSize::~FullSize()
{
    m_loading.cancel();
}

void FullSize::want(const protocol::Image& image)
{
    if (m_wanted == image.id)
        return;
    wantNothing();
    m_wanted = image.id;
    m_loading = m_load(image);
    whenDone(this, m_loading, [this, generation = m_generation](const Result<QImage>& picture) {
        if (generation != m_generation)
            return;
        if (picture)
            Q_EMIT arrived(*picture);
        else
            Q_EMIT failed(picture.error());
    });
}

void FullSize::wantNothing()
{
    m_loading.cancel();
    m_wanted.clear();
    ++m_generation;
}

} // namespace vitrine::ui
