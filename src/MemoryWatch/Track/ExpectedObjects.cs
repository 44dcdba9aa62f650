using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemoryWatch.Track;

/// <summary>
/// The objects that the application expects to be collected, by short weak handles: an object leaves when it is collected, before its finalizer
/// runs. Any thread adds; the watch thread looks at them in pieces.
/// </summary>
internal sealed class ExpectedObjects(TimeProvider time) : IDisposable
{
    /// <summary>Maximum number of objects that are followed at a time.</summary>
    public const int Most = 10_000;

    private const int None = -1;

    private readonly object _lock = new();
    private readonly BoundedNames _kinds = new();

    // The place of the last object with a hash code, so that most objects that are registered again are found. Two objects rarely share one; then
    // the first of them may count twice.
    private readonly Dictionary<int, int> _placeOfHash = [];
    private Entry[] _entries = [];
    private int _used;
    private int _free = None;
    private bool _isDisposed;

    /// <summary>Number of objects that are followed.</summary>
    public int Count { get; private set; }

    /// <summary>Number of places that <see cref="Look"/> goes through.</summary>
    public int Places => Volatile.Read(ref _used);

    /// <returns>Whether there is room for the object.</returns>
    public bool Add(object target, string name, in OperationContext context)
    {
        // A string that is its own name would be kept alive by it.
        name = SafeText.Name(ReferenceEquals(target, name) ? new string(name) : name);
        var kindName = KindName.Of(name);
        var kind = _kinds.Of(kindName);
        var label = context.Text is not { Length: > 0 } text ? name : SafeText.Name(name == kindName ? text : $"{name} {text}");
        var hash = RuntimeHelpers.GetHashCode(target);
        lock (_lock)
        {
            if (_isDisposed || IsKnown(hash, target))
            {
                return true;
            }

            if (Count == Most)
            {
                return false;
            }

            var place = Take();
            _entries[place] = new()
            {
                Handle = GCHandle.Alloc(target, GCHandleType.Weak),
                Kind = kind,
                Label = label,
                Hash = hash,
                Since = time.GetTimestamp(),
                Collections = GC.CollectionCount(GC.MaxGeneration),
            };
            _placeOfHash[hash] = place;
            Count++;
            return true;
        }
    }

    /// <summary>Looks at some objects: those that were collected leave, and the others are shown.</summary>
    /// <param name="from">The first place.</param>
    /// <param name="count">Number of places.</param>
    /// <param name="show">Receives each object that is alive.</param>
    public void Look(int from, int count, Action<ExpectedObject> show)
    {
        lock (_lock)
        {
            for (var place = from; place < Math.Min(_used, from + count); place++)
            {
                ref var entry = ref _entries[place];
                if (!entry.Handle.IsAllocated)
                {
                    continue;
                }

                // The object itself is not asked for, because a local variable could keep it alive.
                if (IsAlive(entry.Handle))
                {
                    show(new(entry.Kind, entry.Label, time.GetAge(entry.Since), entry.Collections));
                }
                else
                {
                    Remove(place);
                }
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            for (var place = 0; place < _used; place++)
            {
                if (_entries[place].Handle.IsAllocated)
                {
                    Remove(place);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAlive(GCHandle handle) => handle.Target is not null;

    private bool IsKnown(int hash, object target) =>
        _placeOfHash.TryGetValue(hash, out var place) && ReferenceEquals(_entries[place].Handle.Target, target);

    private int Take()
    {
        if (_free != None)
        {
            var place = _free;
            _free = _entries[place].NextFree;
            return place;
        }

        if (_used == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Clamp(_used * 2, 16, Most));
        }

        return _used++;
    }

    private void Remove(int place)
    {
        ref var entry = ref _entries[place];
        entry.Handle.Free();
        if (_placeOfHash.TryGetValue(entry.Hash, out var last) && last == place)
        {
            _placeOfHash.Remove(entry.Hash);
        }

        entry = new() { NextFree = _free };
        _free = place;
        Count--;
    }

    private struct Entry
    {
        public GCHandle Handle;
        public string Kind;
        public string Label;
        public int Hash;
        public long Since;
        public int Collections;
        public int NextFree;
    }
}
