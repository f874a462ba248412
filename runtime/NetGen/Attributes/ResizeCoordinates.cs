namespace NetGen;

/// <summary>Where an element of a resized axis lies in the original: ONNX's <c>coordinate_transformation_mode</c>.</summary>
public enum ResizeCoordinates
{
    /// <summary>(x + 0.5) / scale - 0.5.</summary>
    HalfPixel,

    /// <summary>As HalfPixel, and 0 where the new size is 1.</summary>
    PytorchHalfPixel,

    /// <summary>x (old size - 1) / (new size - 1): the first and the last elements stay where they are.</summary>
    AlignCorners,

    /// <summary>x / scale.</summary>
    Asymmetric,

    /// <summary>As HalfPixel, around the middle of the axis where the new size is not a whole number.</summary>
    HalfPixelSymmetric,

    /// <summary>From the beginning to the end of a part of the axis, which is given in parts of its size.</summary>
    TfCropAndResize,

    /// <summary>(x + 0.5) / scale.</summary>
    TfHalfPixelForNn,
}
