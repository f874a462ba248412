namespace NetGen.Generator;

/// <summary>
/// Where and how each parameter lies in the weights. It is decided once, from the inference graph as the layers built it, so that inference, training and
/// files agree: a matrix or filter of several columns that a product, also one in a loop, or convolution takes as it is lies in panels; everything else is plain.
/// </summary>
internal sealed class ParameterLayouts
{
    private readonly Dictionary<string, (Layout Layout, long Offset, int Index)> places = new(StringComparer.Ordinal);

    public ParameterLayouts(Graph graph)
    {
        HashSet<Value> panels = [];
        HashSet<Value> others = [];
        foreach (Node node in graph.Nodes)
        {
            for (int i = 0; i < node.Inputs.Count; i++)
            {
                bool product = node.Op is Scan scan ? scan.Body.IsFactor(i) : i == 1 && (node.Op is MatMul { TransposeB: false } || (node.Op is Conv && ConvRules.IsTiled(node)));
                (product ? panels : others).Add(node.Inputs[i]);
            }
        }

        long offset = 0;
        foreach (Value value in graph.Parameters)
        {
            Layout layout = panels.Contains(value) && !others.Contains(value) && PanelLayout.Fits(value.Shape) ? PanelLayout.Instance : NetGen.Generator.Layout.Plain;
            this.places[value.Name] = (layout, offset, this.places.Count);
            offset += ArenaPlan.Round(layout.Length(value.Shape)).Constant;
        }

        this.Length = offset;
    }

    /// <summary>Floats of all parameters, each rounded up to a cache line; what pads is zero.</summary>
    public long Length { get; }

    /// <summary>How many parameters there are.</summary>
    public int Count => this.places.Count;

    public Layout Layout(string parameter) => this.places[parameter].Layout;

    public long Offset(string parameter) => this.places[parameter].Offset;

    /// <summary>Its position among the parameters of the network's definition.</summary>
    public int Index(string parameter) => this.places[parameter].Index;
}
