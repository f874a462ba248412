namespace NetGen.Package.Tests;

/// <summary>A way to build an application.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Command">The command of <c>dotnet</c>.</param>
/// <param name="IsNative">Whether no JIT is there when it runs.</param>
public sealed record Variant(string Name, string[] Command, bool IsNative = false)
{
    public static Variant Debug { get; } = new("debug", ["build"]);

    public static Variant Release { get; } = new("release", ["build", "-c", "Release"]);

    public static Variant Trimmed { get; } = new("trimmed", Consumer.Publish("PublishTrimmed=true"));

    public static Variant ReadyToRun { get; } = new("ready-to-run", Consumer.Publish("PublishReadyToRun=true", "SelfContained=false"));

    /// <summary>For any processor of this architecture.</summary>
    public static Variant Native { get; } = new("native", Consumer.Publish("PublishAot=true"), IsNative: true);

    /// <summary>For this processor.</summary>
    public static Variant NativeHere { get; } = new("native-here", Consumer.Publish("PublishAot=true", "IlcInstructionSet=native"), IsNative: true);

    private static readonly Variant[] All = [Debug, Release, Trimmed, ReadyToRun, Native, NativeHere];

    /// <summary>The variant of a name, for the rows of theories.</summary>
    public static Variant Of(string name) => All.Single(v => v.Name == name);

    public override string ToString() => Name;
}
