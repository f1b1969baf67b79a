// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/listcommand.h"

#include "app/gallery/galleryfilter.h"

namespace vitrine::cli {

using gallery::GalleryModel;
using protocol::Image;

ListCommand::ListCommand(const Output& output, std::unique_ptr<session::Session> session,
                         ListArguments arguments)
    : SessionCommand(output, std::move(session), Outgoing::Shown), m_arguments(std::move(arguments))
{}

void ListCommand::begin()
{
    gallery::GalleryFilter filter(session().gallery().model());
    filter.setSearch(m_arguments.search);
    const int all = filter.rowCount();
    const int count = m_arguments.limit > 0 ? qMin(all, m_arguments.limit) : all;
    for (int row = 0; row < count; ++row) {
        const auto image = filter.index(row, 0).data(GalleryModel::ImageRole).value<Image>();
        output().print(toJson(image), summaryLine(image));
    }
    Q_EMIT finished(kAllDone);
}

ShowCommand::ShowCommand(const Output& output, std::unique_ptr<session::Session> session,
                         ShowArguments arguments)
    : SessionCommand(output, std::move(session), Outgoing::Shown), m_arguments(std::move(arguments))
{}

void ShowCommand::begin()
{
    const Image* image = findOrComplain(m_arguments.id);
    if (image)
        output().print(toJson(*image), description(*image));
    Q_EMIT finished(image ? kAllDone : kSomeFailed);
}

} // namespace vitrine::cli
