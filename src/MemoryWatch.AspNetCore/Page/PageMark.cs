using MemoryWatch.AspNetCore.Page.Access;
using MemoryWatch.AspNetCore.Page.Live;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>Marks the endpoints of one page: their requests are not tracked as operations, because a stream would be one in flight for days.</summary>
internal sealed record PageMark(PageGate Gate, LiveFeed Feed);
