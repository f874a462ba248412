using System.Diagnostics;
using System.Reflection;

namespace NetGen.Benchmarks;

/// <summary>Figures of code that the JIT was told not to optimise would mean nothing.</summary>
internal static class OptimizedBuild
{
    /// <exception cref="UsageException">This program or NetGen is a debug build.</exception>
    public static void Require()
    {
        foreach (var assembly in new[] { typeof(OptimizedBuild).Assembly, typeof(Network).Assembly })
        {
            if (assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
                throw new UsageException($"{assembly.GetName().Name} is built without optimisation; run with -c Release");
        }
    }
}
