using System.Runtime.CompilerServices;

namespace MemoryWatch.Tests.Judge.Uncollected;

/// <summary>Objects that tests register. Its methods are never inlined, because a local variable may keep an object alive to the end of its method.</summary>
internal static class Kept
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Drop(IMemoryWatch watch, int count, string name, Func<object>? create = null)
    {
        for (var i = 0; i < count; i++)
        {
            watch.ExpectCollected(create?.Invoke() ?? new object(), name);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static List<object> Hold(IMemoryWatch watch, int count, Func<int, string> name, Func<object>? create = null)
    {
        var held = new List<object>();
        for (var i = 0; i < count; i++)
        {
            var target = create?.Invoke() ?? new object();
            held.Add(target);
            watch.ExpectCollected(target, name(i));
        }

        return held;
    }

    /// <summary>Collects several times, as a busy program does over time.</summary>
    public static void Collect(int times = 3)
    {
        for (var i = 0; i < times; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
