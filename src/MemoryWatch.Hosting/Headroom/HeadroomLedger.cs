namespace MemoryWatch.Hosting;

/// <summary>
/// What open leases may still take. A lease is a promise: at first nothing of it is in the readings of memory, in the end all of it is. What has
/// arrived there is not reserved a second time. For one caller at a time.
/// </summary>
/// <remarks>
/// <code>
/// reserved = leased - grown         leased: sum of the open leases
///                                   grown:  what memory grew by while they were open, at most leased
/// </code>
/// Nobody knows which lease a growth belongs to, so it is counted once for all of them together, and each rule errs towards a larger reservation:
/// a lease that ends takes with it as much of the growth as it may have caused. What is left of that in memory (it is garbage, or it was kept) and
/// growth beyond all leases is loose: memory that falls is taken from there first, because what has just ended is what is collected. So, if
/// nothing but leased work grows memory, and if ended work gives its memory back, memory never exceeds what was promised.
/// </remarks>
internal sealed class HeadroomLedger
{
    private long? _level;
    private long _grown;
    private long _loose;

    /// <summary>Sum of the open leases, in bytes.</summary>
    public long Leased { get; private set; }

    /// <summary>The part of the open leases that is not in the readings yet, in bytes.</summary>
    public long Reserved => Leased - _grown;

    /// <summary>Notes the level of memory.</summary>
    public void Observe(long level)
    {
        var change = level - (_level ?? level);
        _level = level;
        if (Leased == 0)
        {
            return;
        }

        if (change >= 0)
        {
            var leased = Math.Min(change, Reserved);
            (_grown, _loose) = (_grown + leased, _loose + change - leased);
        }
        else
        {
            var loose = Math.Min(-change, _loose);
            (_loose, _grown) = (_loose - loose, Math.Max(0, _grown + change + loose));
        }
    }

    public void Open(long bytes) => Leased += bytes;

    public void Close(long bytes)
    {
        var grown = Math.Min(bytes, _grown);
        (Leased, _grown, _loose) = (Leased - bytes, _grown - grown, _loose + grown);
        if (Leased == 0)
        {
            _loose = 0;
        }
    }
}
