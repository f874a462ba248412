namespace NetGen.Generator;

/// <summary>Lowers poolings over one or two axes.</summary>
internal static class PoolRules
{
    public static bool LowerForward(Lowering lowering, Node node)
    {
        PoolGeometry geometry = node.Op switch { MaxPool max => max.Geometry, AveragePool average => average.Geometry, _ => throw new InvalidOperationException(node.Op.Name) };
        PoolForm form = node.Op is AveragePool ? PoolForm.Average : node.Inputs.Count == 2 ? PoolForm.Chosen : PoolForm.Max;
        if (geometry.Rank > 2)
        {
            return false;
        }

        Shape x = node.Inputs[0].Shape;
        lowering.Add(new PoolKernel(form, x[0], PoolWindows.Of(geometry, x, node.Output.Shape)), [.. node.Inputs.Select(i => lowering.Read(i)), lowering.Write(node.Output)]);
        return true;
    }

    public static bool LowerGradient(Lowering lowering, Node node)
    {
        PoolGeometry geometry = node.Op switch { MaxPoolGradient max => max.Geometry, AveragePoolGradient average => average.Geometry, _ => throw new InvalidOperationException(node.Op.Name) };
        if (geometry.Rank > 2)
        {
            return false;
        }

        Shape x = node.Output.Shape, y = node.Inputs[node.Inputs.Count - 1].Shape;
        lowering.Add(new PoolGradientKernel(node.Op is MaxPoolGradient, x[0], PoolWindows.Of(geometry, x, y)), [.. node.Inputs.Select(i => lowering.Read(i)), lowering.Write(node.Output)]);
        return true;
    }
}
