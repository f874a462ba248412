using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Says once for each assembly that its networks run many times slower than they could, because the JIT leaves a debug build's code as it stands.</summary>
internal static class UnoptimizedWarning
{
    private static readonly HashSet<Assembly> Warned = [];

    /// <summary>Warns, if the network's assembly is unoptimized and this is the first of its networks.</summary>
    public static void Give(Type network, TextWriter output)
    {
        Assembly assembly = network.Assembly;
        lock (Warned)
        {
            if (!IsUnoptimized(assembly) || !Warned.Add(assembly)) return;
        }

        output.WriteLine(
            $"NetGen: {assembly.GetName().Name} is built without optimization, so {network.Name} runs more than ten times slower than it could. Build in Release, or set <Optimize>true</Optimize> in the project.");
    }

    /// <summary>Whether an assembly is a debug build. Ahead-of-time compilers optimize it anyway.</summary>
    public static bool IsUnoptimized(Assembly assembly) =>
        RuntimeFeature.IsDynamicCodeCompiled && assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
}
