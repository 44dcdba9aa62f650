using MemoryWatch;

namespace DownloaderBot;

internal static class FailedOperations
{
    /// <summary>Enters an operation that failed before it could begin, so that the log has every failure in one form.</summary>
    public static void Fail(this IMemoryWatch watch, string name, OperationContext context, Exception exception)
    {
        using var scope = watch.Track(name, context);
        scope.Fail(exception);
    }
}
