namespace Plugins.Tests;

/// <summary>Waits for what must happen soon; how long is only a backstop that a sound test never reaches.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Backstop = TimeSpan.FromSeconds(30);

    public static void Until(Func<bool> condition, string what) => SpinWait.SpinUntil(condition, Backstop).Should().BeTrue(what);
}
