using System.Diagnostics;
using System.Reflection;

namespace NetGen.Tests.Training;

public sealed class UnoptimizedWarningTests
{
    [Fact]
    public void A_debug_build_is_told_once_by_name()
    {
        Assembly assembly = typeof(Tiny).Assembly;
        bool isDebug = assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
        Assert.Equal(isDebug, UnoptimizedWarning.IsUnoptimized(assembly));
        Assert.False(UnoptimizedWarning.IsUnoptimized(typeof(object).Assembly));

        // Other tests may have given the warning before; no more than one ever comes.
        StringWriter output = new();
        for (int i = 0; i < 3; i++) UnoptimizedWarning.Give(typeof(Tiny), output);
        string text = output.ToString();
        Assert.InRange(text.Split("without optimization").Length - 1, 0, isDebug ? 1 : 0);
        UnoptimizedWarning.Give(typeof(object), output);
        Assert.Equal(text, output.ToString());
    }
}
