from diebian.kernel.errors import DiebianError


class ProfileFaulty(DiebianError):
    code, status, title = "directory.profile_faulty", 422, "城市资料有错，没有载入任何内容"


class AnotherCity(DiebianError):
    code, status, title = "directory.another_city", 409, "这个数据库里已经是另一座城市"
