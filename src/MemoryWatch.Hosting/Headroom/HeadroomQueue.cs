namespace MemoryWatch.Hosting;

/// <summary>The requests that wait for memory, in the order of their arrival, with the sum of what they ask for. For one caller at a time.</summary>
internal sealed class HeadroomQueue
{
    private readonly LinkedList<HeadroomRequest> _waiting = [];

    /// <summary>Sum of what is asked for, in bytes.</summary>
    public long Bytes { get; private set; }

    public int Count => _waiting.Count;

    public HeadroomRequest? Oldest => _waiting.First?.Value;

    public HeadroomRequest? Next(bool newestFirst) => (newestFirst ? _waiting.Last : _waiting.First)?.Value;

    /// <summary>All requests, so that some can be removed meanwhile.</summary>
    public HeadroomRequest[] All() => [.. _waiting];

    public void Add(HeadroomRequest request)
    {
        _waiting.AddLast(request);
        Bytes += request.Bytes;
    }

    /// <returns>Whether it was still waiting.</returns>
    public bool Remove(HeadroomRequest request)
    {
        var removed = _waiting.Remove(request);
        Bytes -= removed ? request.Bytes : 0;
        return removed;
    }
}
