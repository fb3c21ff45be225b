"""Projections as OpenCV's documentation gives them, and the surface of a box. Pixels count from the
centre of the first one."""
import numpy as np


def project(points, f, c, model, k):
    """Pixels of points (N x 3, x right, y down, z forward). `k`: coefficients in OpenCV's order."""
    x, y, z = points.T
    if model == "fisheye":
        r = np.hypot(x, y)
        angle = np.arctan2(r, z)
        d = angle * (1 + sum(ki * angle ** (2 * i + 2) for i, ki in enumerate(k)))
        return np.stack([f[0] * d * x / r + c[0], f[1] * d * y / r + c[1]], 1)
    k1, k2, p1, p2, k3, k4, k5, k6 = list(k) + [0] * (8 - len(k))
    a, b = x / z, y / z
    r2 = a * a + b * b
    radial = (1 + r2 * (k1 + r2 * (k2 + r2 * k3))) / (1 + r2 * (k4 + r2 * (k5 + r2 * k6)))
    return np.stack([f[0] * (a * radial + 2 * p1 * a * b + p2 * (r2 + 2 * a * a)) + c[0],
                     f[1] * (b * radial + p1 * (r2 + 2 * b * b) + 2 * p2 * a * b) + c[1]], 1)


# Boxes of vehicles hold the body without mirrors, pictures show them: metres on both sides together.
MIRRORS = np.array([0, 0.5, 0])


def surface(T, size):
    """Points all over a box: lenses bend its edges."""
    steps = np.linspace(-0.5, 0.5, 13)
    grid = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(-1, 3)
    grid = grid[(np.abs(grid) == 0.5).any(1)]
    return grid * size @ T[:3, :3].T + T[:3, 3]
