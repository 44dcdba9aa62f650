using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>The overdue objects of one name, counted anew at each look.</summary>
internal sealed class OverdueKind(string name)
{
    private const int MostExamples = 3;

    private readonly List<string> _examples = [];
    private long _count;
    private long _told;
    private TimeSpan _oldest;

    public void Add(in ExpectedObject item)
    {
        _count++;
        _oldest = item.Age > _oldest ? item.Age : _oldest;
        if (_examples.Count < MostExamples && item.Label != name)
        {
            _examples.Add(item.Label);
        }
    }

    /// <summary>Ends a look.</summary>
    /// <param name="isNews">Whether the number is the first one, or has doubled since it was last reported.</param>
    /// <returns>The objects; <see langword="null"/> if there are none.</returns>
    public UncollectedObjects? Conclude(out bool isNews)
    {
        isNews = _count > 0 && _count >= _told * 2;
        if (isNews || _count * 2 < _told)
        {
            // After a fall to less than half, a new rise is news again.
            _told = _count;
        }

        var objects = _count == 0 ? null : new UncollectedObjects(name, _count, _oldest) { Examples = [.. _examples] };
        _count = 0;
        _oldest = TimeSpan.Zero;
        _examples.Clear();
        return objects;
    }
}
