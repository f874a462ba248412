namespace NetGen.Generator;

/// <summary>The maps at another size; with their proportions kept, the middle is cut out or the short side is filled up.</summary>
internal sealed class ResizingLayer : Layer
{
    private static readonly string[] FillModes = ["Constant"];

    public override string Kind => "Resizing";

    public override IReadOnlyList<string> Arguments =>
        ["Height", "Width", "Interpolation", "CropToAspectRatio", "PadToAspectRatio", "FillMode", "FillValue", "Antialias", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        Value x = ReadImages(context);
        int height = (int)context.Integer("Height", least: 1, most: int.MaxValue), width = (int)context.Integer("Width", least: 1, most: int.MaxValue);
        string interpolation = context.Enum("Interpolation", "Interpolation", ImageResize.Interpolations, "Bilinear");
        bool crops = context.Boolean("CropToAspectRatio", false), pads = context.Boolean("PadToAspectRatio", false);
        context.Enum("FillMode", "FillMode", FillModes, "Constant");
        double fill = context.Number("FillValue", 0);
        if (crops && pads)
        {
            throw context.Fail("NG0012", "PadToAspectRatio", $"{context.Place} cannot have both CropToAspectRatio and PadToAspectRatio.");
        }

        x = crops ? Crop(context.Graph, x, height, width) : pads ? Pad(context.Graph, x, height, width, fill) : x;
        return DataFormat.WriteMaps(context, ImageResize.Apply(context.Graph, x, height, width, interpolation, context.Boolean("Antialias", false)));
    }

    /// <summary>The only input of a layer over images of constant size, with the channels last.</summary>
    public static Value ReadImages(LayerContext context)
    {
        Value x = DataFormat.ReadMaps(context, 2);
        return x.Shape[1].IsConstant && x.Shape[2].IsConstant ? x
            : throw context.Fail("NG0011", null, $"{context.Place} takes images of constant height and width, not {context.X.Shape}.");
    }

    /// <summary>The largest middle part with the proportions of a size, by Keras's rounding.</summary>
    public static Value Crop(Graph graph, Value x, int height, int width)
    {
        (long h, long w) = (x.Shape[1].Constant, x.Shape[2].Constant);
        long cropHeight = Math.Max(1, Math.Min(h, (long)((double)(w * height) / width))), cropWidth = Math.Max(1, Math.Min(w, (long)((double)(h * width) / height)));
        x = graph.Add(new Slice(1, (h - cropHeight) / 2, cropHeight), x);
        return graph.Add(new Slice(2, (w - cropWidth) / 2, cropWidth), x);
    }

    /// <summary>The maps in the middle of the smallest that have the proportions of a size, by Keras's rounding.</summary>
    private static Value Pad(Graph graph, Value x, int height, int width, double fill)
    {
        (long h, long w) = (x.Shape[1].Constant, x.Shape[2].Constant);
        long padHeight = Math.Max(h, (long)((double)(w * height) / width)), padWidth = Math.Max(w, (long)((double)(h * width) / height));
        x = fill == 0 ? x : graph.Add(new Map(Expr.In(0) - fill), x);
        x = graph.Add(new Pad(1, (padHeight - h) / 2, padHeight), x);
        x = graph.Add(new Pad(2, (padWidth - w) / 2, padWidth), x);
        return fill == 0 ? x : graph.Add(new Map(Expr.In(0) + fill), x);
    }
}
