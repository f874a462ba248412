using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NetGen.Package.Tests;

/// <summary>What an application does not reach is not in what it ships.</summary>
public sealed class TrimmingTests(PackedPackage package)
{
    private static readonly string[] OfTraining = ["Trainer", "Optimizer", "Adam", "Loss", "Metric", "History"];

    [Fact]
    public async Task AnApplicationThatOnlyInfersShipsNoTraining()
    {
        using Consumer consumer = Consumer.FromProgram(package, "Infers.cs");
        await consumer.Make("whole", "build", "-c", "Release");
        await consumer.Make("trimmed", Consumer.Publish("PublishTrimmed=true"));
        Assert.Equal("sum: 1.000", (await consumer.Run("trimmed")).Trim());

        // The emitted programs.
        Assert.Contains("Training", TypesIn(consumer.PathOf("whole", "app.dll")));
        HashSet<string> left = TypesIn(consumer.PathOf("trimmed", "app.dll"));
        Assert.Contains("Inference", left);
        Assert.DoesNotContain("Training", left);

        // The runtime.
        Assert.Superset(OfTraining.ToHashSet(), TypesIn(consumer.PathOf("whole", "NetGen.dll")));
        Assert.Empty(OfTraining.Intersect(TypesIn(consumer.PathOf("trimmed", "NetGen.dll"))));
    }

    private static HashSet<string> TypesIn(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(handle => metadata.GetString(metadata.GetTypeDefinition(handle).Name))];
    }
}
