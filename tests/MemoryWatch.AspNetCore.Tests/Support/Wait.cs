namespace MemoryWatch.AspNetCore.Tests.Support;

/// <summary>Waits for what another thread does, and fails if it does not.</summary>
internal static class Wait
{
    public static readonly TimeSpan Backstop = TimeSpan.FromSeconds(30);

    public static void Until(Func<bool> condition, string because) =>
        SpinWait.SpinUntil(condition, Backstop).Should().BeTrue(because);
}
