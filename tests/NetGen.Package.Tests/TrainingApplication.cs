namespace NetGen.Package.Tests;

/// <summary>An application that trains and predicts, built once in each way that a test asks for.</summary>
public sealed class TrainingApplication(PackedPackage package) : IDisposable
{
    private readonly Consumer consumer = Consumer.FromProgram(package, "Trains.cs");
    private readonly Dictionary<Variant, Task> made = [];

    /// <summary>Builds it, with nothing to warn of. Skips the test where the machine has no linker for native code.</summary>
    public Task Make(Variant variant)
    {
        Assert.SkipWhen(variant.IsNative && !HasLinker(), "Native compilation links with clang or gcc, and neither is on the path.");
        if (!made.TryGetValue(variant, out Task? making)) made[variant] = making = consumer.Make(variant.Name, variant.Command);
        return making;
    }

    /// <summary>Makes and runs it.</summary>
    public async Task<string> Run(Variant variant, params IEnumerable<string> arguments)
    {
        await Make(variant);
        return await consumer.Run(variant.Name, arguments);
    }

    /// <summary>A file of the built application.</summary>
    public string PathOf(Variant variant, string file) => consumer.PathOf(variant.Name, file);

    /// <inheritdoc/>
    public void Dispose() => consumer.Dispose();

    private static bool HasLinker() => OperatingSystem.IsWindows()
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
