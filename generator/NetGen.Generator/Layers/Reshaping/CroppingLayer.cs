namespace NetGen.Generator;

/// <summary>The axes of space without their margins.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class CroppingLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => rank == 1 ? ["Cropping"] : ["Cropping", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, rank);
        (long Before, long After)[] margins = Margins.Read(context, "Cropping", rank, fallback: rank == 2 ? 0 : 1);
        Value y = context.X;
        for (int i = 0; i < rank; i++)
        {
            int axis = DataFormat.FirstAxis(context) + i;
            (long before, long after) = margins[i];
            Dim size = y.Shape[axis].Affine(-before - after, 1);
            if (size.IsConstant && size.Constant < 1)
            {
                throw context.Fail("NG0012", "Cropping", $"Cropping of {context.Place} takes {before} and {after} off axis {axis} of {context.X.Shape}, which leaves nothing of its {context.X.Shape[axis]}.");
            }

            y = context.Graph.Add(new Slice(axis, before, size), y);
        }

        return y;
    }
}
