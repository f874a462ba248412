namespace NetGen.Generator;

/// <summary>Zeros around the axes of space.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class ZeroPaddingLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["Padding", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, rank);
        (long Before, long After)[] margins = Margins.Read(context, "Padding", rank, fallback: 1);
        Value y = context.X;
        for (int i = 0; i < rank; i++)
        {
            int axis = DataFormat.FirstAxis(context) + i;
            y = context.Graph.Add(new Pad(axis, margins[i].Before, y.Shape[axis].Affine(margins[i].Before + margins[i].After, 1)), y);
        }

        return y;
    }
}
