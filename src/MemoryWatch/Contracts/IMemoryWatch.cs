namespace MemoryWatch;

/// <summary>
/// The API with which an application tracks operations and reads memory. All members are thread-safe. They do not throw if a reading or a
/// plug-in fails. You can call them before the watch has started and after it has stopped.
/// </summary>
/// <example>
/// <code>
/// public sealed class Downloads(IMemoryWatch watch, HttpClient client)
/// {
///     public async Task SaveAsync(string address, string path)
///     {
///         using (watch.Track("Download", path))
///         {
///             await using var file = File.Create(path);
///             await using var body = await client.GetStreamAsync(address);
///             await body.CopyToAsync(file);
///         }
///     }
/// }
/// </code>
/// </example>
public interface IMemoryWatch
{
    /// <summary>
    /// Whether operations are tracked: <see langword="false"/> while the watch is disabled and after it has stopped. Check it to skip work that
    /// only feeds the watch.
    /// </summary>
    bool IsEnabled => true;

    /// <summary>
    /// The latest of the watch's regular readings, with its zone. It is at most about one interval old while the watch runs. It is
    /// <see cref="MemorySnapshot.Empty"/> before the watch has started, and it is not updated while the watch is disabled.
    /// </summary>
    MemorySnapshot Current { get; }

    /// <summary>
    /// Reads the resident memory of this process now. It is much cheaper than a snapshot (one read of <c>/proc/self/statm</c> on Linux), so it may
    /// be called for each request. A peak that it finds counts for the next regular reading. The default implementation returns that of
    /// <see cref="Current"/>.
    /// </summary>
    /// <returns>Resident memory in bytes; <see langword="null"/> if it could not be read, and from a watch that is disabled or has stopped.</returns>
    long? ReadResidentBytes() => Current.Process.ResidentBytes;

    /// <summary>How far the relief of memory has come, as of the last tick. The default implementation returns that there is nothing to relieve.</summary>
    ReliefStanding Relief => ReliefStanding.None;

    /// <summary>The latest journal entries, at most 256, the oldest first.</summary>
    IReadOnlyList<JournalEntry> RecentEntries { get; }

    /// <summary>Operations that have started and not ended, the oldest first.</summary>
    IReadOnlyList<OperationInFlight> InFlight { get; }

    /// <summary>
    /// Totals of the ended operations for each name since the watch was created, sorted by allocated bytes, the largest first. At most 64 names
    /// have separate totals; all other names are added up as <c>other</c>.
    /// </summary>
    IReadOnlyList<OperationTotals> TotalsByName { get; }

    /// <summary>
    /// The previous run of the program: how it ended, its last numbers, and the operations that were in flight. It is <see langword="null"/>
    /// before the watch has started and opened the black box, if there is no black box, and if the black box contains no previous run. A test
    /// implementation need not provide it.
    /// </summary>
    PreviousRun? PreviousRun => null;

    /// <summary>
    /// Cancelled when MemoryWatch begins a drained restart: take no more work from then on, and finish what
    /// was taken. It is never cancelled unless the program allows such restarts. Its callbacks run on the thread pool. A test implementation need
    /// not provide it.
    /// </summary>
    CancellationToken Draining => CancellationToken.None;

    /// <summary>
    /// Reports that something admits work only while there is memory for it, as <c>MemoryHeadroomLimiter</c> of MemoryWatch.Hosting does. A report
    /// counts for 15 s. While one counts, a drained restart does not begin because of the pace at which memory grows: the growth ends where work is
    /// refused. If that does not help, it may begin in the critical zone, whatever <see cref="RestartOptions.From"/> is. A test implementation need
    /// not provide it.
    /// </summary>
    /// <param name="isStarved">Whether work is refused although no admitted work holds the memory, so that refusing more does not help.</param>
    void ReportAdmission(bool isStarved)
    {
    }

    /// <summary>
    /// Explains the latest regular reading: what uses the memory, whether it leaks, and what to change; with the rules that found nothing. It
    /// reads nothing and is computed at most once for each reading, so a page may call it every second. It is
    /// <see cref="MemoryDiagnosis.Empty"/> before the watch has started. A test implementation need not provide it.
    /// </summary>
    MemoryDiagnosis Diagnose() => MemoryDiagnosis.Empty;

    /// <summary>
    /// What memory did up to now, for a chart: readings, events and operations of the last minutes, hours or days, at the finest of four
    /// resolutions that covers the window: 1 s for 10 minutes, 10 s for 2 hours, 2 min for 24 hours, 10 min for 7 days. It reads nothing, but copies
    /// up to about a thousand points, so call it when a page is opened rather than every second. It is <see cref="MemoryHistory.Empty"/> before
    /// the watch has started. A test implementation need not provide it.
    /// </summary>
    /// <param name="window">How far to go back; cut to 7 days. A window of 0 or less has no points.</param>
    /// <returns>The history, which does not change any more.</returns>
    MemoryHistory History(TimeSpan window) => MemoryHistory.Empty;

    /// <summary>
    /// Reads everything now, logs it and enters it in the journal. If a metrics provider hangs, it can delay the call by one second, once; then
    /// MemoryWatch does not call that provider for a while.
    /// </summary>
    /// <param name="name">The purpose of the snapshot, such as <c>Upload Finished</c>; escaped and capped at 64 characters.</param>
    /// <param name="context">The subject of the snapshot, such as a user; a string converts to it.</param>
    /// <returns>The readings and their zone; <see cref="MemorySnapshot.Empty"/> from a watch that is disabled or has stopped.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    MemorySnapshot Snapshot(string name, OperationContext context = default);

    /// <summary>Records that something happened: one line in the log and one entry in the journal.</summary>
    /// <param name="name">The event, such as <c>Session Created</c>; escaped and capped at 64 characters.</param>
    /// <param name="context">The subject of the event, such as a user; a string converts to it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    void Mark(string name, OperationContext context = default);

    /// <summary>
    /// Starts an operation, which ends when you dispose the scope. The start and the end each write one log line and one journal entry. Scopes
    /// may nest, overlap and be disposed on another thread.
    /// </summary>
    /// <param name="name">
    /// The operation, such as <c>Download</c>; escaped and capped at 64 characters. Use a small set of names because each name becomes a metric
    /// tag.
    /// </param>
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
    /// <returns>The scope; dispose it when the operation ends.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    OperationScope Track(string name, OperationContext context = default);

    /// <summary>
    /// Starts an operation like <see cref="Track(string, OperationContext)"/>, with a verbosity. The default implementation ignores the
    /// verbosity.
    /// </summary>
    /// <param name="name">
    /// The operation, such as <c>Message</c>; escaped and capped at 64 characters. Use a small set of names because each name becomes a metric
    /// tag.
    /// </param>
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
    /// <param name="verbosity">How much is logged. Use <see cref="OperationVerbosity.Quiet"/> for operations that run many times per second.</param>
    /// <returns>The scope; dispose it when the operation ends.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    OperationScope Track(string name, OperationContext context, OperationVerbosity verbosity) => Track(name, context);

    /// <summary>
    /// Follows an object that nothing should refer to from now on, such as a session that was disconnected. If it is alive after several gen-2
    /// GCs and at least a minute, an <see cref="UncollectedObjectsAlert"/> is raised: something still refers to it. No GC is forced. The watch
    /// keeps a weak reference, which does not keep the object alive. At most 10,000 objects are followed at a time; an object that is registered
    /// again counts once. The default implementation does nothing.
    /// </summary>
    /// <param name="target">
    /// The object. A boxed value and a constant or interned string tell nothing: the box is new, and the runtime keeps such strings alive. An
    /// object that its finalizer makes reachable again counts as collected.
    /// </param>
    /// <param name="name">
    /// The kind of object, such as <c>UserSession</c>; escaped and capped at 64 characters. Alerts count by name. Words that begin with a digit
    /// and digits at the end of a word do not count, so that <c>UserSession 123</c> and <c>UserSession 124</c> are one name.
    /// </param>
    /// <param name="context">Which one it is, such as a user; a string converts to it.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="target"/> or <paramref name="name"/> is <see langword="null"/>.
    /// </exception>
    void ExpectCollected(object target, string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(name);
    }
}
