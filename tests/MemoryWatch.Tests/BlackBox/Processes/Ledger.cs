using System.IO.MemoryMappedFiles;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// What threads of a process are about to do and have done, in memory that it shares with the test: true to the last instruction before a
/// kill.
/// </summary>
internal sealed unsafe class Ledger : IDisposable
{
    private const int WordsPerThread = 8;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _words;
    private readonly int _threads;

    public Ledger(string path, int threads)
    {
        _threads = threads;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, (threads + 1) * WordsPerThread * sizeof(long));
        _view = _file.CreateViewAccessor();
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _words = (long*)pointer;
    }

    /// <summary>All that was done so far.</summary>
    public long Total
    {
        get
        {
            var total = 0L;
            for (var thread = 0; thread < _threads; thread++)
            {
                total += Volatile.Read(ref Word(thread, 1)) + Volatile.Read(ref Word(thread, 3));
            }

            return total;
        }
    }

    /// <summary>Whether writes ever went through the queue, behind which what was done may not have been written yet.</summary>
    public bool HasQueued => Volatile.Read(ref Word(_threads, 0)) != 0;

    /// <summary>Notes that writes went through the queue; for good.</summary>
    public void NoteQueue() => Volatile.Write(ref Word(_threads, 0), 1);

    /// <summary>The operation that a thread is about to start, or has started last.</summary>
    public ref long Starting(int thread) => ref Word(thread, 0);

    /// <summary>The operation that a thread has started last.</summary>
    public ref long Started(int thread) => ref Word(thread, 1);

    /// <summary>The operation that a thread is about to end, or has ended last.</summary>
    public ref long Ending(int thread) => ref Word(thread, 2);

    /// <summary>The operation that a thread has ended last.</summary>
    public ref long Ended(int thread) => ref Word(thread, 3);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private ref long Word(int thread, int word) => ref _words[thread * WordsPerThread + word];
}
