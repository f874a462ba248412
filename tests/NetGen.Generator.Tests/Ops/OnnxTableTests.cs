namespace NetGen.Generator.Tests;

/// <summary>Every op that inference may hold can be exported.</summary>
public sealed class OnnxTableTests
{
    /// <summary>Ops of training alone, and those that passes make of others behind the graph that is exported.</summary>
    private static readonly HashSet<string> NotExported =
    [
        "ChannelSums", "ConvFilterGradient", "GatherGradient", "GatherAxisGradient", "GatherElementsGradient", "MaxPoolGradient", "AveragePoolGradient", "SampleAxis", "SampleAxisGradient",
    ];

    [Fact]
    public void Each_op_has_a_row_or_stands_in_no_inference_graph()
    {
        Type[] ops = [.. typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract)];
        Assert.Equal(NotExported.Order(), ops.Where(t => !OnnxTable.Has(t)).Select(t => t.Name).Order());
    }
}
