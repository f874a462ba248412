namespace NetGen;

/// <summary>How an image is brought to another size. Pixels are squares: the centre of pixel i lies at i + 0.5, as in TensorFlow.</summary>
public enum ImageInterpolation
{
    /// <summary>
    /// Between the centres of the four nearest pixels, without averaging over what lies between them when the image shrinks: what Keras's
    /// <c>image_dataset_from_directory</c> does unless told otherwise.
    /// </summary>
    Bilinear,

    /// <summary>The pixel under the centre of the new one.</summary>
    Nearest,

    /// <summary>The mean of the pixels that the new one covers, each as far as it is covered. The best for photographs that shrink a lot.</summary>
    Area,
}
